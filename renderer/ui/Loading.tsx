import { useText } from '../lib/text.ts';
import styles from './Loading.module.css';

/** Appears only when something takes long enough to be noticed, so quick answers do not flicker. */
export function Loading() {
  const t = useText();
  return (
    <output className={styles['loading']}>
      <span className={styles['dot']} aria-hidden="true" />
      {t('shell.loading')}
    </output>
  );
}
