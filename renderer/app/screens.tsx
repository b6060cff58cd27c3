import {
  IconArrowsSplit2,
  IconBox,
  IconBuildingStore,
  IconBuildingWarehouse,
  IconFileImport,
  IconGitBranch,
  IconHistory,
  IconLanguage,
  IconListDetails,
  IconRulerMeasure,
  IconSend,
  IconSettings,
  IconSubtask,
  IconSun,
  IconTransfer,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { SCREENS, type ScreenName } from '../lib/navigation.ts';

type Loaded = Readonly<Record<string, ComponentType>>;

const files = import.meta.glob<Loaded>('../features/*/*Screen.tsx');

const fileOf = (name: string): string => `../features/${name}/${componentOf(name)}.tsx`;
const componentOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Screen`;

function load(name: string): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    const component = (await files[fileOf(name)]?.())?.[componentOf(name)];
    if (!component) throw new Error(`${fileOf(name)} does not export ${componentOf(name)}`);
    return { default: component };
  });
}

export function hasScreen(name: string): boolean {
  return Object.hasOwn(files, fileOf(name));
}

const ICONS: Record<ScreenName, ComponentType<{ size?: number | string; stroke?: number | string }>> = {
  today: IconSun,
  listings: IconListDetails,
  quality: IconRulerMeasure,
  inventory: IconBuildingWarehouse,
  purchasing: IconTruckDelivery,
  orders: IconBox,
  publish: IconSend,
  drafts: IconGitBranch,
  conflicts: IconArrowsSplit2,
  history: IconHistory,
  import: IconFileImport,
  localisation: IconLanguage,
  migration: IconTransfer,
  jobs: IconSubtask,
  channels: IconBuildingStore,
  settings: IconSettings,
};

export interface ScreenEntry {
  readonly name: ScreenName;
  readonly icon: (typeof ICONS)[ScreenName];
  readonly shortcut: string;
  readonly Component: LazyExoticComponent<ComponentType>;
}

/** Screens with a key of their own; Alt+1..9 and Alt+0 count the others. */
const OWN_KEYS: Partial<Record<ScreenName, string>> = {
  settings: 'mod+,',
  purchasing: 'alt+shift+B',
  quality: 'alt+shift+Q',
  drafts: 'alt+shift+E',
  localisation: 'alt+shift+L',
  migration: 'alt+shift+M',
};
const COUNTED = SCREENS.filter((name) => OWN_KEYS[name] === undefined);

/** The screens of the rail in its order. */
export const SCREEN_ENTRIES: readonly ScreenEntry[] = SCREENS.filter(hasScreen).map((name) => ({
  name,
  icon: ICONS[name],
  shortcut: OWN_KEYS[name] ?? `alt+${(COUNTED.indexOf(name) + 1) % 10}`,
  Component: load(name),
}));

export const Onboarding = load('onboarding');
