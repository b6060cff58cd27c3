type NameList = readonly string[];

const listsOf = new Map<string, readonly NameList[]>();

/** Weekdays from Monday and months, long before short, in the locale and in English. */
function nameLists(locale: string): readonly NameList[] {
  let lists = listsOf.get(locale);
  if (!lists) {
    lists = [locale, 'en'].flatMap((language) =>
      (['long', 'short'] as const).flatMap((style) => {
        const day = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
        const month = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
        return [
          Array.from({ length: 7 }, (_, i) => bare(day.format(Date.UTC(2026, 0, 5 + i)))),
          Array.from({ length: 12 }, (_, i) => bare(month.format(Date.UTC(2026, i, 1)))),
        ];
      }),
    );
    listsOf.set(locale, lists);
  }
  return lists;
}

function bare(name: string): string {
  return name.replace(/\.$/, '');
}

/** Continues weekday or month names with the writing of the first cell; null when they are none. */
export function nextNames(
  cells: readonly string[],
  count: number,
  step: 1 | -1,
  locale: string,
): string[] | null {
  for (const list of nameLists(locale)) {
    const lower = list.map((name) => name.toLowerCase());
    const places = cells.map((cell) => lower.indexOf(bare(cell.trim()).toLowerCase()));
    if (places.includes(-1)) continue;
    const by = places.length === 1 ? step : commonStep(places, list.length);
    if (by === null) continue;
    const last = places.at(-1) ?? 0;
    const shape = cells[0]?.trim() ?? '';
    return Array.from({ length: count }, (_, i) => {
      const at = (((last + by * (i + 1)) % list.length) + list.length) % list.length;
      return dress(list[at] ?? '', shape);
    });
  }
  return null;
}

function commonStep(places: readonly number[], size: number): number | null {
  const turn = (value: number): number => ((value % size) + size) % size;
  const step = turn((places[1] ?? 0) - (places[0] ?? 0));
  const same = places.every((place, i) => i === 0 || turn(place - (places[i - 1] ?? 0)) === step);
  return same && step !== 0 ? step : null;
}

function dress(name: string, shape: string): string {
  const dotted = shape.endsWith('.') ? `${name}.` : name;
  if (shape === shape.toUpperCase()) return dotted.toUpperCase();
  if (shape === shape.toLowerCase()) return dotted.toLowerCase();
  return dotted;
}
