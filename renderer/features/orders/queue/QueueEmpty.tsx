import { Button } from '@mantine/core';
import { IconBox, IconBoxOff, IconSearch } from '@tabler/icons-react';
import { useNavigation } from '../../../lib/navigation.ts';
import { useText } from '../../../lib/text.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { QueueTab } from './queue-tabs.ts';

/** Why there is nothing to see, and what to do about it. */
export function QueueEmpty({
  search,
  tab,
  any,
}: {
  readonly search: string;
  readonly tab: QueueTab;
  /** True when other tabs hold orders. */
  readonly any: boolean;
}) {
  const t = useText();
  const go = useNavigation((state) => state.go);
  if (search !== '') {
    return (
      <EmptyState
        icon={IconSearch}
        title={t('orders.empty.search', { text: search })}
        text={t('orders.empty.search.text')}
      />
    );
  }
  if (any) {
    return (
      <EmptyState
        icon={IconBox}
        title={t(`orders.empty.tab`, { tab: t(`orders.tab.${tab}`) })}
        text={t('orders.empty.tab.text')}
      />
    );
  }
  return (
    <EmptyState
      icon={IconBoxOff}
      title={t('orders.empty')}
      text={t('orders.empty.text')}
      action={<Button onClick={() => go('channels')}>{t('orders.empty.action')}</Button>}
    />
  );
}
