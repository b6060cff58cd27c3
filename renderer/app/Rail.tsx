import { Tooltip } from '@mantine/core';
import { useEngineQuery } from '../lib/engine.tsx';
import { useNavigation, type ScreenName } from '../lib/navigation.ts';
import { useText } from '../lib/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './Rail.module.css';
import { SCREEN_ENTRIES } from './screens.tsx';

interface Attention {
  readonly count: number;
  readonly urgent: boolean;
}

/** What waits for a person on each screen. */
function useAttention(): Partial<Record<ScreenName, Attention>> {
  const status = useEngineQuery('status.get', {}).data;
  const today = useEngineQuery('today.get', {}).data;
  const of = (kind: string): number =>
    today?.tasks.filter((task) => task.kind === kind).reduce((sum, task) => sum + task.count, 0) ?? 0;
  const late = of('orders_late');
  return {
    orders: { count: late + of('orders_due'), urgent: late > 0 },
    publish: {
      count: (status?.unpublished ?? 0) + (status?.rejected ?? 0),
      urgent: (status?.rejected ?? 0) > 0,
    },
    conflicts: { count: status?.conflicts ?? 0, urgent: true },
    jobs: { count: status?.jobs.length ?? 0, urgent: false },
    channels: { count: of('auth_required') + of('quarantined'), urgent: of('auth_required') > 0 },
  };
}

export function Rail() {
  const t = useText();
  const { screen, go } = useNavigation();
  const attention = useAttention();
  return (
    <nav className={styles['rail']} aria-label={t('shell.screens')}>
      {SCREEN_ENTRIES.map(({ name, icon: Icon, shortcut }) => {
        const waiting = attention[name];
        const label = t(`shell.screen.${name}`);
        return (
          <Tooltip
            key={name}
            // Who is there knows where; it would lie over the title.
            disabled={screen === name}
            position="right"
            offset={8}
            label={
              <span className={styles['tip']}>
                {label} <KeyHint keys={shortcut} />
              </span>
            }
          >
            <button
              type="button"
              className={styles['item']}
              data-last={name === 'settings'}
              aria-current={screen === name ? 'page' : undefined}
              onClick={() => go(name)}
            >
              <Icon size={20} stroke={1.6} />
              <span className={styles['label']}>{label}</span>
              {waiting !== undefined && waiting.count > 0 && (
                <span className={styles['count']} data-urgent={waiting.urgent}>
                  <span aria-hidden="true">{waiting.count > 999 ? '999+' : waiting.count}</span>
                  <span className="qs-hidden">{t('shell.attention', { count: waiting.count })}</span>
                </span>
              )}
            </button>
          </Tooltip>
        );
      })}
    </nav>
  );
}
