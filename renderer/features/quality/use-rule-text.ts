import { useCallback } from 'react';
import { useIntl } from 'react-intl';

/** What a rule asks for, in the person's language: rules bring their own words. */
export function useRuleText(): (rule: {
  readonly text: { readonly en: string; readonly de: string };
}) => string {
  const { locale } = useIntl();
  return useCallback(({ text }) => (locale.startsWith('de') ? text.de : text.en), [locale]);
}
