import type { LOCALES } from '#shared/contract/bridge.ts';

export type Locale = (typeof LOCALES)[number];
type Messages = Readonly<Record<string, string>>;

const files = {
  en: import.meta.glob<Messages>('./en/*.json', { eager: true, import: 'default' }),
  de: import.meta.glob<Messages>('./de/*.json', { eager: true, import: 'default' }),
};

/** All texts of a language in ICU form, from one file an area: `en/orders.json` holds `orders.*`. */
export function messages(locale: Locale): Messages {
  return Object.assign({}, ...Object.values(files[locale])) as Messages;
}
