import { useCallback } from 'react';
import { useHasText, useText } from '../../lib/text.ts';

/** Name of a field or target in the person's language; its own name when there is none. */
export function useFieldLabel(): (field: string) => string {
  const t = useText();
  const has = useHasText();
  return useCallback(
    (field) => (has(`import.field.${field}`) ? t(`import.field.${field}`) : field),
    [t, has],
  );
}
