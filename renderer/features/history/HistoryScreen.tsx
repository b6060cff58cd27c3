import { Button, Checkbox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory, IconHistoryToggle } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useOffer } from '../../lib/actions.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useScreenState } from '../../lib/screen-state.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { CommandPanel } from './CommandPanel.tsx';
import { CommandTable } from './CommandTable.tsx';
import { HistoryFilters, type Filters } from './HistoryFilters.tsx';
import styles from './history.module.css';
import { RevertDialog, type Moment } from './RevertDialog.tsx';
import { useCommands } from './use-commands.ts';

const ALL = { channel: false, actors: [] as string[], areas: [] as string[] };
const SETTLE_MS = 200;
/** What the dialog for a time proposes. */
const HOUR_MS = 3_600_000;

/** Every command, newest first: who, when, what; each can be looked into and taken back. */
export function HistoryScreen() {
  const t = useText();
  const { params, go } = useNavigation();
  const [{ channel, actors, areas }, put] = useScreenState('history.view', ALL);
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), SETTLE_MS);
  const [open, setOpen] = useState<string | null>(params['commandId'] ?? null);
  const [moment, setMoment] = useState<Moment | null>(null);
  const listingId = params['listingId'];
  const { commands, error, refetch, more, reading } = useCommands({
    includeChannel: channel,
    ...(listingId === undefined ? {} : { listingId }),
    ...(actors.length === 0 ? {} : { actors }),
    ...(areas.length === 0 ? {} : { areas }),
    ...(words === '' ? {} : { text: words }),
  });
  const narrowed = actors.length > 0 || areas.length > 0 || words !== '';
  const shown = commands?.find(({ commandId }) => commandId === open);
  const askForTime = useCallback(() => setMoment({ at: Date.now() - HOUR_MS }), []);
  useOffer(
    'history',
    useMemo(
      () => [
        { id: 'history.moment', label: t('history.moment'), group: t('history.title'), run: askForTime },
      ],
      [t, askForTime],
    ),
  );
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
      actions={
        <Button variant="default" leftSection={<IconHistoryToggle size={14} />} onClick={askForTime}>
          {t('history.moment')}
        </Button>
      }
    >
      <HistoryFilters
        filters={{ actors, areas }}
        text={text}
        onFilters={(change) => put(mutable(change))}
        onText={setText}
      />
      {!commands ? (
        error ? (
          <ErrorNotice error={error} onRetry={refetch} />
        ) : (
          <Loading />
        )
      ) : commands.length > 0 ? (
        <div className={styles['list']}>
          <CommandTable commands={commands} open={open} onOpen={setOpen} />
          {more && (
            <Button variant="subtle" loading={reading} onClick={more}>
              {t('history.older')}
            </Button>
          )}
        </div>
      ) : narrowed ? (
        <EmptyState
          icon={IconHistory}
          title={t('history.none')}
          text={t('history.none.text')}
          action={
            <Button
              variant="default"
              onClick={() => {
                put({ actors: [], areas: [] });
                setText('');
              }}
            >
              {t('history.none.clear')}
            </Button>
          }
        />
      ) : (
        <EmptyState icon={IconHistory} title={t('history.empty.title')} text={t('history.empty.text')} />
      )}
      {shown && (
        <CommandPanel
          key={shown.commandId}
          command={shown}
          onClose={() => setOpen(null)}
          onReturn={() => setMoment({ commandId: shown.commandId, label: shown.label })}
        />
      )}
      {moment && <RevertDialog moment={moment} onClose={() => setMoment(null)} />}
    </ScreenFrame>
  );
}

function mutable({ actors, areas }: Partial<Filters>): { actors?: string[]; areas?: string[] } {
  return { ...(actors ? { actors: [...actors] } : {}), ...(areas ? { areas: [...areas] } : {}) };
}
