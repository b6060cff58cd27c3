const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock of a zone at a moment, as if it were UTC, epoch ms; whole minutes. */
function clockOf(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** A moment as the field for date and time takes it, on the clock of a zone. */
export function toZonedField(at: number, zone: string): string {
  return new Date(clockOf(at, zone)).toISOString().slice(0, 16);
}

/**
 * The moment at which a zone's clock shows what such a field says; null while
 * it is empty or no time. Of an hour that comes twice the first one is meant;
 * one that a clock skips is read as the hour before it was skipped.
 */
export function fromZonedField(text: string, zone: string): number | null {
  const wanted = text === '' ? Number.NaN : Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return null;
  const offset = (at: number): number => clockOf(at, zone) - at + (at % 60_000);
  const DAY = 86_400_000;
  // The offsets before and after any change that is near.
  const moments = [wanted - offset(wanted - DAY), wanted - offset(wanted + DAY)];
  const fitting = moments.filter((at) => clockOf(at, zone) === wanted);
  return fitting.length > 0 ? Math.min(...fitting) : Math.max(...moments);
}

interface Zoned {
  readonly accountId: string;
  readonly platform: string;
  readonly timeZone: string;
}

/** The zone of one account, or of all shops where they share one; else this computer's. */
export function zoneOf(accounts: readonly Zoned[], accountId?: string): string {
  const zones = new Set(
    accounts
      .filter((each) => (accountId === undefined ? each.platform !== 'local' : each.accountId === accountId))
      .map(({ timeZone }) => timeZone),
  );
  const [only] = zones;
  return zones.size === 1 && only !== undefined && only !== ''
    ? only
    : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
