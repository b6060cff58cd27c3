import { Button, Checkbox } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useScreenState } from '../../lib/screen-state.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { CommandPanel } from './CommandPanel.tsx';
import { CommandTable } from './CommandTable.tsx';
import styles from './history.module.css';

const PAGE = 100;
const MOST = 500;

/** Every command, newest first: who, when, what; each can be looked into and taken back. */
export function HistoryScreen() {
  const t = useText();
  const { params, go } = useNavigation();
  const [{ channel }, put] = useScreenState('history.view', { channel: false });
  const [limit, setLimit] = useState(PAGE);
  const [open, setOpen] = useState<string | null>(params['commandId'] ?? null);
  const listingId = params['listingId'];
  const { data, error, refetch } = useEngineQuery('history.list', {
    limit,
    includeChannel: channel,
    ...(listingId === undefined ? {} : { listingId }),
  });
  const shown = data?.commands.find(({ commandId }) => commandId === open);
  return (
    <ScreenFrame
      title={t('history.title')}
      subtitle={listingId === undefined ? undefined : t('history.ofListing')}
      tabs={
        <>
          {listingId !== undefined && (
            <Button variant="default" size="compact-xs" onClick={() => go('history')}>
              {t('history.all')}
            </Button>
          )}
          <Checkbox
            label={t('history.channel')}
            checked={channel}
            disabled={listingId !== undefined}
            onChange={(event) => put({ channel: event.currentTarget.checked })}
          />
        </>
      }
    >
      {!data ? (
        error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : data.commands.length === 0 ? (
        <EmptyState icon={IconHistory} title={t('history.empty.title')} text={t('history.empty.text')} />
      ) : (
        <div className={styles['list']}>
          <CommandTable commands={data.commands} open={open} onOpen={setOpen} />
          {data.commands.length === limit && limit < MOST && (
            <Button variant="subtle" onClick={() => setLimit((before) => Math.min(MOST, before + PAGE))}>
              {t('history.older')}
            </Button>
          )}
          {data.commands.length === MOST && (
            <p className={styles['end']}>{t('history.most', { most: MOST })}</p>
          )}
        </div>
      )}
      {shown && <CommandPanel key={shown.commandId} command={shown} onClose={() => setOpen(null)} />}
    </ScreenFrame>
  );
}
