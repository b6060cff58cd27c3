import { LOCALES, type Settings } from '#shared/contract/bridge.ts';
import type { Locale } from '../locales/messages.ts';

/** The language of the texts: the chosen one, else the system's where we have it, else English. */
export function chooseLanguage(setting: Settings['locale'], systemLocale: string): Locale {
  if (setting !== 'system') return setting;
  const [language] = systemLocale.toLowerCase().split('-');
  return LOCALES.find((locale) => locale === language) ?? 'en';
}

/** How numbers and dates are written: the system's region when it speaks the language of the texts (de-AT, en-GB). */
export function formatLocale(language: Locale, systemLocale: string): string {
  return systemLocale.toLowerCase().startsWith(`${language}-`) ? systemLocale : language;
}
