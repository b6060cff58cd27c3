import { useEffect, useState } from 'react';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { GridColumn, GridOption } from './contract.ts';
import { lastTag } from './editor-text.ts';
import type { SheetCore } from './sheet-core.ts';

const SHOWN = 8;

/** Values that the column has and that contain what is typed; an answer that was overtaken is dropped. */
export function useSuggestions(
  core: SheetCore,
  column: GridColumn,
  text: string,
  wanted: boolean,
): readonly GridOption[] {
  const [found, setFound] = useState<{ text: string; options: readonly GridOption[] }>({
    text: '',
    options: [],
  });
  const part = column.type === 'tags' ? lastTag(text) : text.trim();
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const read = async (): Promise<void> => {
      try {
        const values = (await core.source.values?.(column.key, part)) ?? [];
        if (current) setFound({ text: part, options: toOptions(column, part, values) });
      } catch (error) {
        if (current) core.fail(error);
      }
    };
    void read();
    return () => {
      current = false;
    };
  }, [core, column, part, wanted]);
  return wanted ? found.options : [];
}

/** A list's own values are its parts: the tags of all rows, each once. */
function toOptions(column: GridColumn, part: string, values: readonly unknown[]): GridOption[] {
  const texts = values.flatMap((value): string[] =>
    Array.isArray(value)
      ? value.filter((item): item is string => typeof item === 'string')
      : [canonicalText(column.type, value as string)],
  );
  const wanted = part.toLowerCase();
  return [...new Set(texts)]
    .filter((text) => text !== '' && text !== part && text.toLowerCase().includes(wanted))
    .slice(0, SHOWN)
    .map((text) => ({ value: text, label: text }));
}
