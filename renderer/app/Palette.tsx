import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useActions } from '../lib/actions.ts';
import { useText } from '../lib/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { byGroup } from './action-groups.ts';
import styles from './Palette.module.css';
import { matchesQuery } from './palette-match.ts';
import { useFound } from './use-found.ts';

const ASK_AFTER_MS = 120;

/** Ctrl+K: screens, actions of the current screen, and listings and orders by SKU, title or number. */
export function Palette() {
  const t = useText();
  const sets = useActions((state) => state.sets);
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, ASK_AFTER_MS);
  const found = useFound(asked);
  const offered = [...sets.values()]
    .toReversed()
    .flat()
    .filter(({ disabled, id }) => disabled !== true && id !== 'palette')
    .filter((action) => matchesQuery(action, query));
  const groups: SpotlightActionGroupData[] = [
    ...byGroup(offered).map(([group, members]) => ({
      group,
      actions: members.map((action): SpotlightActionData => ({
        id: action.id,
        label: action.label,
        rightSection: action.shortcut === undefined ? undefined : <KeyHint keys={action.shortcut} />,
        onClick: () => action.run(),
      })),
    })),
    ...(query.trim() === '' ? [] : found),
  ];
  return (
    <Spotlight
      actions={groups}
      // Already filtered: what was found in the workspace need not contain the words in its label.
      filter={(_query, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      centered={false}
      yOffset="12vh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      classNames={{ search: styles['search'] ?? '', actionsGroup: styles['group'] ?? '' }}
      attributes={{ content: { 'aria-label': t('shell.palette') } }}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      nothingFound={t('shell.palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden="true" />,
        placeholder: t('shell.palette.placeholder'),
        'aria-label': t('shell.palette'),
      }}
    />
  );
}
