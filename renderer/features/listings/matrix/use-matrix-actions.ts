import { useMemo, type RefObject } from 'react';
import { useOffer, type Action } from '../../../lib/actions.ts';
import { useNavigation } from '../../../lib/navigation.ts';
import { useText } from '../../../lib/text.ts';

/** What the matrix offers to the palette, under the keys that the list of rows has too. */
export function useMatrixActions({
  searchInput,
  openConditions,
  clear,
  reopen,
}: {
  readonly searchInput: RefObject<HTMLInputElement | null>;
  readonly openConditions: () => void;
  readonly clear: () => void;
  readonly reopen: () => void;
}): void {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const offered = useMemo<Action[]>(() => {
    const group = t('listings.title');
    const named = (id: string): Pick<Action, 'id' | 'label' | 'group'> => ({
      id: `listings.${id}`,
      label: t(`listings.action.${id}`),
      group,
    });
    const search = (): void => {
      searchInput.current?.focus();
      searchInput.current?.select();
    };
    return [
      { ...named('search'), shortcut: '/', run: search },
      { id: 'listings.search.anywhere', label: '', group, shortcut: 'mod+shift+F', run: search },
      { ...named('conditions'), shortcut: 'mod+shift+L', run: openConditions },
      { ...named('resort'), run: reopen },
      { ...named('publish'), shortcut: 'mod+shift+P', run: () => go('publish') },
      { ...named('clear'), run: clear },
    ];
  }, [t, go, searchInput, openConditions, clear, reopen]);
  useOffer('listings.matrix.view', offered);
}
