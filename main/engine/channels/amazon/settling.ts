/** Amazon accepts a change now and shows it minutes later; content takes longer than prices. */
export const SETTLING = { pollMs: 20_000, giveUpMs: 30 * 60_000, issuesAfterMs: 3 * 60_000 } as const;
