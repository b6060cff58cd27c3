// Which Electron to start: the decision alone, without touching the machine.

/** Sources in the order in which they are tried. */
export const SOURCES = ['installed', 'override', 'download', 'legacy'];

/** How long a failed download keeps the next start from trying again. */
export const FAILURE_TTL_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Facts
 * @property {string} wanted version of the pinned electron package
 * @property {string | null} installed version of the binary inside the electron package
 * @property {string | null} overrideDir ELECTRON_OVERRIDE_DIST_PATH
 * @property {boolean} overrideUsable the override folder holds an executable
 * @property {{ version: string, at: number, reason: string } | null} failure the last failed download
 * @property {boolean} retry the user asks to try the download again
 * @property {string | null} only the user wants this source and no other
 * @property {string} platform @property {string} arch
 * @property {number} now milliseconds
 */

/**
 * The sources worth trying, best first, and for each one passed over the reason.
 * @param {Facts} facts
 * @returns {{ plan: string[], passed: { source: string, reason: string }[] }}
 */
export function planRuntime(facts) {
  const reasons = {
    installed:
      facts.installed === facts.wanted
        ? null
        : facts.installed === null
          ? `the electron package has no binary yet`
          : `the electron package holds ${facts.installed}, not ${facts.wanted}`,
    override:
      facts.overrideDir === null
        ? 'ELECTRON_OVERRIDE_DIST_PATH is not set'
        : facts.overrideUsable
          ? null
          : `ELECTRON_OVERRIDE_DIST_PATH (${facts.overrideDir}) holds no Electron executable`,
    download: recentFailure(facts),
    legacy:
      facts.platform === 'linux' && facts.arch === 'x64'
        ? null
        : `the development runtime exists for linux-x64 only, this is ${facts.platform}-${facts.arch}`,
  };
  const plan = [];
  const passed = [];
  for (const source of SOURCES) {
    const reason =
      facts.only !== null && facts.only !== source
        ? `QUAYSIDE_RUNTIME asks for ${facts.only}`
        : reasons[source];
    if (reason === null) plan.push(source);
    else passed.push({ source, reason });
  }
  return { plan, passed };
}

function recentFailure(facts) {
  const { failure } = facts;
  if (facts.retry || failure === null || failure.version !== facts.wanted) return null;
  const age = facts.now - failure.at;
  if (age < 0 || age >= FAILURE_TTL_MS) return null;
  const ago = age < 3_600_000 ? `${Math.round(age / 60_000)} min` : `${Math.round(age / 3_600_000)} h`;
  return `the download failed ${ago} ago (${failure.reason}); QUAYSIDE_RETRY_DOWNLOAD=1 tries again`;
}
