import { createContext, use } from 'react';
import type { AppInfo, Settings, SettingsPatch } from '#shared/contract/bridge.ts';

export interface SettingsAccess {
  readonly settings: Settings;
  readonly info: AppInfo;
  readonly change: (patch: SettingsPatch) => void;
}

export const SettingsContext = createContext<SettingsAccess | null>(null);

export function useSettings(): SettingsAccess {
  const access = use(SettingsContext);
  if (!access) throw new Error('SettingsContext is missing');
  return access;
}
