import { create } from 'zustand';

interface StatusLine {
  /** What the current screen says about its selection, e.g. "12 rows × 3 columns · sum 1,204.50". */
  readonly text: string;
  readonly say: (text: string) => void;
}

export const useStatusLine = create<StatusLine>((set) => ({
  text: '',
  say: (text) => set({ text }),
}));
