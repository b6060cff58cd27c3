import { useText } from '../../lib/text.ts';
import { Num } from '../../ui/Num.tsx';
import styles from './import.module.css';

export interface Count {
  readonly id: 'create' | 'change' | 'unchanged' | 'skipped' | 'created' | 'changed' | 'rejected';
  readonly value: number;
}

/** A row of figures with their words. */
export function Counts({ label, counts }: { readonly label: string; readonly counts: readonly Count[] }) {
  const t = useText();
  return (
    <dl className={styles['counts']} aria-label={label}>
      {counts.map(({ id, value }) => (
        <div key={id} data-count={id} data-none={value === 0 || undefined}>
          <dt>{t(`import.count.${id}`)}</dt>
          <dd>
            <Num value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
