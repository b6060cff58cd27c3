import type { GridLink } from '../../../grid/contract.ts';
import { useText } from '../../../lib/text.ts';
import { LINK_ICONS } from './LinkTools.tsx';
import styles from '../listings.module.css';

/** How the active cell stands to its master, in words. */
export function LinkState({ link }: { readonly link: GridLink }) {
  const t = useText();
  const Icon = LINK_ICONS[link.kind];
  return (
    <span className={styles['linkState']}>
      <Icon size={13} aria-hidden="true" />
      {t(`listings.matrix.is.${link.kind}`)}
      {link.differs && (
        <span className="qs-muted">{t('listings.matrix.masterValue', { value: link.master })}</span>
      )}
    </span>
  );
}
