import type { Result } from '#shared/contract/methods.ts';
import { useText } from '../../../lib/text.ts';
import { Num } from '../../../ui/Num.tsx';
import { QUEUE_TABS, tabCount, type QueueTab } from './queue-tabs.ts';
import styles from './QueueTabs.module.css';

export interface QueueTabsProps {
  readonly tab: QueueTab;
  readonly answer: Pick<Result<'orders.query'>, 'counts' | 'late' | 'soon'> | null;
  readonly onChange: (tab: QueueTab) => void;
}

/** The states of the queue with their counts. Empty ones stay in their place, so that the hand finds them. */
export function QueueTabs({ tab, answer, onChange }: QueueTabsProps) {
  const t = useText();
  return (
    <fieldset className={styles['tabs']} aria-label={t('orders.tabs')}>
      {QUEUE_TABS.map((name) => {
        const count = answer ? tabCount(name, answer) : null;
        return (
          <button
            key={name}
            type="button"
            className={styles['tab']}
            aria-pressed={name === tab}
            data-urgent={(name === 'late' && (count ?? 0) > 0) || undefined}
            data-empty={count === 0 || undefined}
            onClick={() => onChange(name)}
          >
            {t(`orders.tab.${name}`)}
            {count !== null && (
              <span className={styles['count']}>
                <Num value={count} />
              </span>
            )}
          </button>
        );
      })}
    </fieldset>
  );
}
