import { useMemo } from 'react';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import type { WriteLabels } from './grid-writes.ts';

/** Names of undo steps: what a person reads beside "Undo". */
export function useWriteLabels(fields: FieldTexts): WriteLabels {
  const t = useText();
  return useMemo(
    () => ({
      edit: (keys, cells) =>
        keys.length === 1
          ? t('listings.label.edit', { field: fields.name(keys[0] ?? ''), cells })
          : t('listings.label.edits', { cells }),
      paste: (kind, rows, columns) => t('listings.label.paste', { kind, rows, columns }),
      clear: (cells) => t('listings.label.clear', { cells }),
      set: (cells) => t('listings.label.set', { cells }),
    }),
    [t, fields],
  );
}
