import { useMemo } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import type { BulkOp } from './bulk-edits.ts';

/** Every function is stable, or the palette's list is made anew. */
export interface ListingActions {
  readonly focusSearch: () => void;
  readonly openBulk: (op: BulkOp) => void;
  readonly openConditions: () => void;
  readonly openListing: () => void;
  /** Of the active row; null where there is none. */
  readonly activeId: string | null;
  readonly exportView: () => void;
  readonly resort: () => void;
  /** Whether the order is not what it would be now. */
  readonly drifted: boolean;
  readonly clear: () => void;
  /** null where nothing is grouped. */
  readonly toggle: ((groups: null, open: boolean) => void) | null;
}

/** What the spreadsheet offers to the palette. Keys that the grid answers itself are only shown. */
export function useListingActions(actions: ListingActions): void {
  const t = useText();
  const engine = useEngine();
  const go = useNavigation((navigation) => navigation.go);
  const { focusSearch, openBulk, openConditions, openListing, exportView, resort, drifted, clear, toggle } =
    actions;
  const { activeId } = actions;
  const offered = useMemo<Action[]>(() => {
    const group = t('listings.title');
    const named = (id: string): Pick<Action, 'id' | 'label' | 'group'> => ({
      id: `listings.${id}`,
      label: t(`listings.action.${id}`),
      group,
    });
    return [
      { ...named('search'), shortcut: '/', run: focusSearch },
      // The same from inside a cell, and where browsers have it; shown once.
      { id: 'listings.search.anywhere', label: '', group, shortcut: 'mod+shift+F', run: focusSearch },
      { id: 'listings.search.usual', label: '', group, shortcut: 'mod+F', run: focusSearch },
      { ...named('replace'), shortcut: 'mod+H', run: () => openBulk('replace') },
      { ...named('expression'), shortcut: 'mod+shift+E', run: () => openBulk('expression') },
      { ...named('set'), run: () => openBulk('set') },
      { ...named('conditions'), shortcut: 'mod+shift+L', run: openConditions },
      { ...named('open'), shortcut: 'alt+Enter', bind: false, run: openListing },
      { ...named('resort'), disabled: !drifted, run: resort },
      { ...named('publish'), shortcut: 'mod+shift+P', run: () => go('publish') },
      {
        ...named('pause'),
        disabled: activeId === null,
        run: () => {
          if (activeId === null) return;
          const pause = async (): Promise<void> => {
            const { row, fields } = await engine.call('listings.get', { listingId: activeId });
            const sku = row.values[fields.indexOf('sku')];
            go('publish', { view: 'paused', sku: typeof sku === 'string' ? sku : '' });
          };
          pause().catch(notifyError);
        },
      },
      {
        ...named('schedule'),
        disabled: activeId === null,
        run: () => activeId !== null && go('publish', { scheduleListing: activeId }),
      },
      { ...named('export'), run: exportView },
      { ...named('clear'), run: clear },
      ...(toggle
        ? ([true, false] as const).map((open) => ({
            ...named(open ? 'expandAll' : 'collapseAll'),
            shortcut: open ? 'alt+shift+ArrowRight' : 'alt+shift+ArrowLeft',
            // The grid answers where it has the keyboard.
            bind: false,
            run: () => toggle(null, open),
          }))
        : []),
    ];
  }, [
    t,
    focusSearch,
    openBulk,
    openConditions,
    openListing,
    exportView,
    resort,
    drifted,
    clear,
    toggle,
    go,
    activeId,
    engine,
  ]);
  useOffer('listings', offered);
}
