import { useCallback } from 'react';
import { useIntl } from 'react-intl';

export type TextValues = Readonly<
  Record<string, string | number | bigint | boolean | Date | null | undefined>
>;
export type Text = (id: string, values?: TextValues) => string;

/** Texts in the person's language: `t('today.title', { count: 3 })`. */
export function useText(): Text {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values as Record<string, string>), [intl]);
}

/** True when the language has this text; for texts made from codes and kinds that may grow. */
export function useHasText(): (id: string) => boolean {
  const { messages } = useIntl();
  return useCallback((id) => Object.hasOwn(messages, id), [messages]);
}
