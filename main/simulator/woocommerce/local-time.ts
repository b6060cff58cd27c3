const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets change at full hours only, so one answer serves a quarter of an hour. */
const offsets = new Map<string, number>();

/** Local time minus GMT at a moment, in seconds. */
export function zoneOffset(second: number, timeZone: string): number {
  const quarter = Math.floor(second / 900);
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const at = quarter * 900;
  const parts = new Map(format.formatToParts(at * 1_000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / 1_000;
  offsets.set(key, shown - at);
  return shown - at;
}

/** "2026-11-23T02:48:25", without a zone as WordPress writes it. */
export function gmtText(second: number): string {
  return new Date(second * 1_000).toISOString().slice(0, 19);
}

export function localText(second: number, timeZone: string): string {
  return gmtText(second + zoneOffset(second, timeZone));
}

/** Epoch seconds of a text without a zone in GMT; null when it is no date. */
export function readGmt(text: string): number | null {
  const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isFinite(at) ? Math.floor(at / 1_000) : null;
}

export function readLocal(text: string, timeZone: string): number | null {
  const shown = readGmt(text);
  if (shown === null) return null;
  const first = shown - zoneOffset(shown, timeZone);
  return shown - zoneOffset(first, timeZone);
}
