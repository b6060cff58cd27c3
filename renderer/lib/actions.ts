import { useEffect } from 'react';
import { create } from 'zustand';

/** Something a person can do now, from the palette or by its key. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** Heading in the palette and on the keyboard sheet. */
  readonly group: string;
  /** In Mantine's hotkey form, e.g. `mod+shift+P`; shown, and bound while `bind` is not false. */
  readonly shortcut?: string | undefined;
  /** False where something else listens to the key (the grid does). */
  readonly bind?: boolean | undefined;
  readonly keywords?: string | undefined;
  readonly disabled?: boolean | undefined;
  run(): void;
}

interface Actions {
  readonly sets: ReadonlyMap<string, readonly Action[]>;
  readonly put: (owner: string, actions: readonly Action[]) => void;
  readonly drop: (owner: string) => void;
}

export const useActions = create<Actions>((set, get) => ({
  sets: new Map(),
  put: (owner, actions) => set({ sets: new Map(get().sets).set(owner, actions) }),
  drop: (owner) => {
    const sets = new Map(get().sets);
    sets.delete(owner);
    set({ sets });
  },
}));

/** Offers actions while the caller is mounted; pass a memoised list. */
export function useOffer(owner: string, actions: readonly Action[]): void {
  const put = useActions((state) => state.put);
  const drop = useActions((state) => state.drop);
  useEffect(() => {
    put(owner, actions);
    return () => drop(owner);
  }, [put, drop, owner, actions]);
}
