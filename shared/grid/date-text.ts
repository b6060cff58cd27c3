/**
 * Dates as people and programs write them. A value without a zone is UTC: a
 * calendar date must never move by a day because of where it was pasted.
 */
interface DateOrder {
  readonly monthFirst: boolean;
}

const orders = new Map<string, DateOrder>();

function dateOrder(locale: string): DateOrder {
  let order = orders.get(locale);
  if (!order) {
    const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map((part) => part.type);
    order = { monthFirst: parts.indexOf('month') < parts.indexOf('day') && parts[0] !== 'year' };
    orders.set(locale, order);
  }
  return order;
}

const monthNames = new Map<string, ReadonlyMap<string, number>>();

/** Month by its full or short name in the locale or in English; dots and case do not matter. */
function months(locale: string): ReadonlyMap<string, number> {
  let names = monthNames.get(locale);
  if (!names) {
    const found = new Map<string, number>();
    for (const language of [locale, 'en']) {
      for (const style of ['long', 'short'] as const) {
        const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' });
        for (let month = 0; month < 12; month += 1) {
          const part = format.formatToParts(Date.UTC(2026, month, 1)).find(({ type }) => type === 'month');
          const name = part?.value.replace(/\.$/, '').toLowerCase() ?? '';
          if (!found.has(name)) found.set(name, month + 1);
          if (style === 'long' && !found.has(name.slice(0, 3))) found.set(name.slice(0, 3), month + 1);
        }
      }
    }
    names = found;
    monthNames.set(locale, names);
  }
  return names;
}

/**
 * `YYYY-MM-DD` for a date alone, else ISO with milliseconds and Z; null when
 * the text is no date that exists.
 */
export function parseDateText(text: string, locale: string): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.+))?$/.exec(trimmed);
  if (iso) return build(Number(iso[1]), Number(iso[2]), Number(iso[3]), iso[4]);
  const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:,?\s+(.+))?$/.exec(trimmed);
  if (yearFirst) return build(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), yearFirst[4]);
  return readNumeric(trimmed, locale) ?? readNamed(trimmed, locale);
}

function readNumeric(text: string, locale: string): string | null {
  const match = /^(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:,?\s+(.+))?$/.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  // Dots are day first everywhere; slashes follow the locale unless only one order can be a date.
  const monthFirst =
    match[2] !== '.' && (first > 12 ? false : second > 12 ? true : dateOrder(locale).monthFirst);
  const [month, day] = monthFirst ? [first, second] : [second, first];
  return build(fullYear(match[4] ?? ''), month, day, match[5]);
}

function readNamed(text: string, locale: string): string | null {
  const dayFirst = /^(\d{1,2})\.?[\s-]+(\p{L}+)\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+(.+))?$/u.exec(text);
  const monthFirst = dayFirst
    ? null
    : /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(.+))?$/u.exec(text);
  const match = dayFirst ?? monthFirst;
  const name = (dayFirst ? match?.[2] : match?.[1])?.toLowerCase();
  const month = name === undefined ? undefined : months(locale).get(name);
  if (!match || month === undefined) return null;
  return build(fullYear(match[3] ?? ''), month, Number(dayFirst ? match[1] : match[2]), match[4]);
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

function build(year: number, month: number, day: number, time: string | undefined): string | null {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (time === undefined) return date.toISOString().slice(0, 10);
  const offset = readTime(time);
  return offset === null ? null : new Date(at + offset).toISOString();
}

/** Milliseconds since midnight UTC; may leave the day when there is a zone. */
function readTime(text: string): number | null {
  const match =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm|uhr)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i.exec(
      text.trim(),
    );
  if (!match) return null;
  const half = match[5]?.toLowerCase();
  let hours = Number(match[1]);
  const minutes = Number(match[2]);
  const seconds = Number(match[3] ?? 0);
  if ((half === 'am' || half === 'pm') && (hours < 1 || hours > 12)) return null;
  if (half === 'am' && hours === 12) hours = 0;
  if (half === 'pm' && hours < 12) hours += 12;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(match[6] ?? '');
  const shift = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000 : 0;
  const fraction = Math.floor(Number(`0.${match[4] ?? '0'}`) * 1000);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction - shift;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A stored ISO time for reading: the date alone at midnight UTC, else with hours and minutes. */
export function displayDate(iso: string, locale: string): string {
  const withTime = !isDateOnly(iso);
  const key = `${locale} ${withTime}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      timeZone: 'UTC',
      ...(withTime ? { hour: '2-digit', minute: '2-digit' } : {}),
    });
    formats.set(key, format);
  }
  const at = Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  return Number.isNaN(at) ? iso : format.format(at);
}

/** `YYYY-MM-DD` where that says everything, else ISO: what an editor and the clipboard show. */
export function canonicalDate(iso: string): string {
  return isDateOnly(iso) ? iso.slice(0, 10) : iso;
}

function isDateOnly(iso: string): boolean {
  return iso.length === 10 || /T00:00:00(?:\.000)?Z$/.test(iso);
}
