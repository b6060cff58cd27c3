import { create } from 'zustand';

export const SCREENS = [
  'today',
  'listings',
  'quality',
  'inventory',
  'purchasing',
  'orders',
  'publish',
  'drafts',
  'conflicts',
  'history',
  'import',
  'localisation',
  'migration',
  'jobs',
  'channels',
  'settings',
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** What a screen is opened with; small, plain values. */
export type ScreenParams = Readonly<Record<string, string>>;

interface Navigation {
  readonly screen: ScreenName;
  readonly params: ScreenParams;
  readonly go: (screen: ScreenName, params?: ScreenParams) => void;
  readonly back: () => void;
}

const NONE: ScreenParams = {};
const MAX_TRAIL = 50;

/** Where the window is. Features reach each other only through here. */
export const useNavigation = create<Navigation>((set, get) => {
  let trail: { screen: ScreenName; params: ScreenParams }[] = [];
  return {
    screen: 'today',
    params: NONE,
    go: (screen, params = NONE) => {
      const { screen: from, params: with_ } = get();
      trail = [...trail.slice(1 - MAX_TRAIL), { screen: from, params: with_ }];
      set({ screen, params });
    },
    back: () => {
      const last = trail.pop();
      if (last) set(last);
    },
  };
});
