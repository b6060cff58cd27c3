import { Button } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { AccountCard } from './AccountCard.tsx';
import { ChannelPanel } from './ChannelPanel.tsx';
import styles from './Channels.module.css';
import type { Panel } from './panel.ts';

export interface ChannelsProps {
  readonly first: Panel | null;
  /** Account to bring into view. */
  readonly focus: string | undefined;
}

export function Channels({ first, focus }: ChannelsProps) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('channels.list', {});
  const [panel, setPanel] = useState<Panel | null>(first);
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'channels.add',
        label: t('channels.add'),
        group: t('shell.screen.channels'),
        shortcut: 'alt+N',
        run: () => setPanel({ kind: 'add' }),
      },
    ],
    [t],
  );
  useOffer('channels', actions);
  const accounts = data?.accounts ?? [];
  const add = (
    <Button
      variant={accounts.length === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={15} />}
      onClick={() => setPanel({ kind: 'add' })}
    >
      {t('channels.add')}
    </Button>
  );
  return (
    <ScreenFrame
      title={t('shell.screen.channels')}
      subtitle={data && t('channels.count', { count: accounts.length })}
      actions={accounts.length > 0 && add}
    >
      {error && (
        <div className={styles['error']}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Loading />}
      {data && accounts.length === 0 && (
        <EmptyState
          icon={IconBuildingStore}
          title={t('channels.none')}
          text={t('channels.none.text')}
          action={add}
        />
      )}
      {accounts.length > 0 && (
        <ul className={styles['cards']}>
          {accounts.map((account) => (
            <AccountCard
              key={account.accountId}
              account={account}
              focused={account.accountId === focus}
              onPanel={setPanel}
            />
          ))}
        </ul>
      )}
      {panel && (
        <ChannelPanel panel={panel} accounts={accounts} onPanel={setPanel} onClose={() => setPanel(null)} />
      )}
    </ScreenFrame>
  );
}
