const DAY_MS = 86_400_000;
/** Amazon refuses a client secret that was not renewed for this long; the reminder begins at half of it. */
export const SECRET_LIFE_DAYS = 180;
export const SECRET_REMINDER_DAYS = 90;

export interface SecretAge {
  readonly days: number;
  /** When Amazon stops taking it, epoch ms. */
  readonly endsAtMs: number;
  readonly state: 'fresh' | 'renew' | 'ended';
}

/** How old the client secret is; null when nobody wrote down when it was issued, or not as a date. */
export function secretAge(issuedAt: string | undefined, nowMs: number): SecretAge | null {
  const text = issuedAt?.trim() ?? '';
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const issuedAtMs = Date.parse(text);
  if (!Number.isFinite(issuedAtMs)) return null;
  const days = Math.floor((nowMs - issuedAtMs) / DAY_MS);
  const state = days >= SECRET_LIFE_DAYS ? 'ended' : days >= SECRET_REMINDER_DAYS ? 'renew' : 'fresh';
  return { days, endsAtMs: issuedAtMs + SECRET_LIFE_DAYS * DAY_MS, state };
}

/** What a person should know about the secret; null while there is nothing to do. */
export function secretReminder(age: SecretAge | null): string | null {
  if (age === null || age.state === 'fresh') return null;
  const end = new Date(age.endsAtMs).toISOString().slice(0, 10);
  return age.state === 'ended'
    ? `The client secret is ${age.days} days old and ended on ${end}; make a new one in Seller Central and enter it here`
    : `The client secret is ${age.days} days old; make a new one in Seller Central before ${end}, or all calls fail`;
}
