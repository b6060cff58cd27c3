import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { listingField, type WireValue } from '#shared/domain/listing-fields.ts';
import { displayText, isImage } from '#shared/grid/cell-text.ts';
import { useHasText, useText } from './text.ts';

/** Words for listing fields, their values and the reasons why a value was refused. */
export interface FieldTexts {
  /** Name of a field; shipments and unknown fields have one too. */
  name(field: string): string;
  /** A value as a person reads it; *clear* is a word, never nothing. */
  value(field: string, value: WireValue, currency: string): string;
  /** Label of one value of an enum. */
  option(field: string, value: string): string;
  /** Why, made from the code; the engine's own words where there is no text for the code. */
  reason(code: string | null, message: string | null): string;
}

export function useFieldTexts(): FieldTexts {
  const t = useText();
  const has = useHasText();
  const { locale } = useIntl();
  return useMemo(() => {
    const known = (id: string, otherwise: string): string => (has(id) ? t(id) : otherwise);
    const option = (field: string, value: string): string =>
      known(`listings.option.${field}.${value}`, value);
    return {
      name: (field) => known(`listings.field.${field}`, field),
      option,
      value: (field, value, currency) => {
        const type = listingField(field)?.type ?? 'text';
        if (value === null || value === '') return t('listings.value.empty');
        if (typeof value === 'boolean') return t(value ? 'listings.value.yes' : 'listings.value.no');
        if (Array.isArray(value) && value.length === 0) return t('listings.value.empty');
        if (Array.isArray(value) && value.some(isImage))
          return t('listings.value.images', { count: value.length });
        if (type === 'enum' && typeof value === 'string') return option(field, value);
        return displayText(type, value, locale, currency);
      },
      reason: (code, message) => {
        const own = message ?? '';
        // The engine's sentence names the row and the numbers; another language gets its own sentence first.
        if (code === null || (own !== '' && locale.startsWith('en'))) return own;
        const text = known(`listings.reason.${code}`, known(`errors.${code}`, ''));
        return text === '' ? own : text;
      },
    };
  }, [t, has, locale]);
}
