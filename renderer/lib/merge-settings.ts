import type { Settings, SettingsPatch } from '#shared/contract/bridge.ts';

/** Settings with a patch applied as the desktop applies it: screens by key, absent parts kept. */
export function mergeSettings(before: Settings, patch: SettingsPatch): Settings {
  const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...before, ...set, screens: { ...before.screens, ...patch.screens } };
}
