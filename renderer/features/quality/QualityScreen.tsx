import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { AccountScores } from './AccountScores.tsx';
import { BreaksView } from './BreaksView.tsx';
import { DoublesView } from './DoublesView.tsx';
import { KeywordsView } from './KeywordsView.tsx';
import styles from './quality.module.css';
import { RuleLanes } from './RuleLanes.tsx';

const VIEWS = ['rules', 'breaks', 'doubles', 'keywords'] as const;
type View = (typeof VIEWS)[number];

/** What channels will refuse, what could be better, and what breaks when a rule begins. */
export function QualityScreen() {
  const t = useText();
  const [view, setView] = useState<View>('rules');
  const { data, error, refetch } = useEngineQuery('quality.overview', {}, { keep: true });
  const { mutate: rescore, isPending } = useEngineCommand('quality.rescore');
  const actions = useMemo<Action[]>(() => {
    const group = t('quality.title');
    return [
      ...VIEWS.map((name, index): Action => ({
        id: `quality.${name}`,
        label: t(`quality.view.${name}`),
        group,
        shortcut: String(index + 1),
        run: () => setView(name),
      })),
      {
        id: 'quality.rescore',
        label: t('quality.rescore'),
        group,
        run: () =>
          rescore(
            {},
            {
              onSuccess: ({ listings }) => notifyDone(t('quality.rescored', { count: listings })),
              onError: notifyError,
            },
          ),
      },
    ];
  }, [t, rescore]);
  useOffer('quality', actions);
  const again = actions.at(-1);
  return (
    <ScreenFrame
      title={t('quality.title')}
      tabs={
        <SegmentedControl
          aria-label={t('quality.views')}
          size="xs"
          value={view}
          onChange={(next) => setView(VIEWS.find((name) => name === next) ?? 'rules')}
          data={VIEWS.map((name) => ({ value: name, label: t(`quality.view.${name}`) }))}
        />
      }
      actions={
        <Button size="compact-sm" variant="default" loading={isPending} onClick={() => again?.run()}>
          {t('quality.rescore')}
        </Button>
      }
    >
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className={styles['page']}>
          {view === 'rules' && (
            <>
              <AccountScores overview={data} />
              <RuleLanes rules={data.rules} empty={data.accounts.length === 0} />
            </>
          )}
          {view === 'breaks' && <BreaksView starts={data.starts} />}
          {view === 'doubles' && <DoublesView />}
          {view === 'keywords' && <KeywordsView accounts={data.accounts} />}
        </div>
      )}
    </ScreenFrame>
  );
}
