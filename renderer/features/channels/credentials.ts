import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import { PLATFORMS, type Platform } from '#shared/domain/platforms.ts';

export type Credentials = Readonly<Record<string, string>>;

/** Platforms that can be connected. */
export const CONNECTABLE: readonly Platform[] = PLATFORMS.filter(
  (platform) => CREDENTIAL_FORMS[platform] !== undefined,
).toReversed();

/** What was typed, without the spaces that copying brings and without what was left empty. */
export function cleanCredentials(values: Credentials): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** Whether all required keys are there, and one of the sets of which one is enough. */
export function isComplete(platform: Platform, values: Credentials): boolean {
  const form = CREDENTIAL_FORMS[platform];
  const given = cleanCredentials(values);
  const has = (key: string): boolean => given[key] !== undefined;
  if (!form) return false;
  const required = form.fields.filter(({ optional }) => !optional).every(({ key }) => has(key));
  return required && (form.oneOf?.some((keys) => keys.every(has)) ?? true);
}
