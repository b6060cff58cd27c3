import { Button, Menu, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridDensity } from '../../grid/contract.ts';
import { useScreenState } from '../../lib/screen-state.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone } from '../../ui/notify.tsx';
import type { Bench } from './bench-state.ts';
import { parseViews, putView, type SavedView } from './saved-views.ts';
import styles from './listings.module.css';

const DENSITIES: readonly GridDensity[] = ['compact', 'normal', 'comfortable'];

/** Saved views: search, filter, order, columns and density under a name. */
export function ViewMenu({
  bench,
  onOpen,
}: {
  readonly bench: Bench;
  readonly onOpen: (view: SavedView | null) => void;
}) {
  const t = useText();
  const [stored, store] = useScreenState<{ views: readonly unknown[] }>('listings.views', { views: [] });
  const views = parseViews(stored.views);
  const [saving, setSaving] = useState(false);
  const { state, put } = bench;
  const remove = (view: SavedView): void => {
    store({ views: views.filter(({ name }) => name !== view.name) });
    if (state.view === view.name) put({ view: null });
    notifyDone(t('listings.views.removed', { name: view.name }), { undo: () => store({ views }) });
  };
  return (
    <Popover opened={saving} onChange={setSaving} trapFocus returnFocus position="bottom-start">
      <Menu position="bottom-start" width={260}>
        <Popover.Target>
          <Menu.Target>
            <Button variant="default" leftSection={<IconBookmark size={14} />}>
              {state.view ?? t('listings.views')}
            </Button>
          </Menu.Target>
        </Popover.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Tick on={state.view === null} />} onClick={() => onOpen(null)}>
            {t('listings.views.all')}
          </Menu.Item>
          {views.map((view) => (
            <div key={view.name} className={styles['viewRow']}>
              <Menu.Item leftSection={<Tick on={state.view === view.name} />} onClick={() => onOpen(view)}>
                {view.name}
              </Menu.Item>
              <Menu.Item
                className={styles['viewRemove'] ?? ''}
                aria-label={t('listings.views.remove', { name: view.name })}
                onClick={() => remove(view)}
              >
                <IconTrash size={14} />
              </Menu.Item>
            </div>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={14} />} onClick={() => setSaving(true)}>
            {t('listings.views.save')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('listings.density')}</Menu.Label>
          {DENSITIES.map((density) => (
            <Menu.Item
              key={density}
              leftSection={<Tick on={bench.density === density} />}
              onClick={() => put({ density })}
            >
              {t(`listings.density.${density}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Popover.Dropdown>
        <SaveView
          bench={bench}
          views={views}
          onSaved={(next, name) => {
            store({ views: next });
            put({ view: name });
            setSaving(false);
            notifyDone(t('listings.views.saved', { name }));
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Tick({ on }: { readonly on: boolean }) {
  return on ? <IconCheck size={14} /> : <span className={styles['tick']} />;
}

function SaveView({
  bench,
  views,
  onSaved,
}: {
  readonly bench: Bench;
  readonly views: readonly SavedView[];
  readonly onSaved: (views: readonly SavedView[], name: string) => void;
}) {
  const t = useText();
  const [name, setName] = useState(bench.state.view ?? '');
  const [full, setFull] = useState(false);
  const { text, filter, sort, layout } = bench.state;
  const columns = layout === 'matrix' ? bench.state.matrixColumns : bench.state.columns;
  const trimmed = name.trim();
  const save = (): void => {
    const view: SavedView = {
      name: trimmed,
      text,
      filter,
      sort: [...sort],
      columns,
      density: bench.density,
      layout,
    };
    const next = putView(views, view);
    if (next) onSaved(next, trimmed);
    else setFull(true);
  };
  return (
    <form
      className={styles['stack']}
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '') save();
      }}
    >
      <TextInput
        data-autofocus
        label={t('listings.views.name')}
        maxLength={60}
        value={name}
        error={full ? t('listings.views.full') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={trimmed === ''}>
        {t(views.some((view) => view.name === trimmed) ? 'listings.views.replace' : 'listings.views.create')}
      </Button>
    </form>
  );
}
