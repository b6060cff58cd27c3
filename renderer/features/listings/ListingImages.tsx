import { useText } from '../../lib/text.ts';
import { isImage } from '#shared/grid/cell-text.ts';
import styles from './listings.module.css';

/** Addresses and alternative texts. The pictures themselves are not fetched: the window has no network. */
export function ListingImages({ images }: { readonly images: unknown }) {
  const t = useText();
  const list = Array.isArray(images) ? (images as unknown[]).filter(isImage) : [];
  if (list.length === 0) return <p className="qs-muted">{t('listings.images.none')}</p>;
  return (
    <ol className={styles['imageList']}>
      {list.map(({ src, alt }, index) => (
        <li key={`${src} ${index}`}>
          <span className={styles['clamp']} title={src}>
            <span className="qs-mono qs-selectable">{src}</span>
          </span>
          <span className={alt === '' ? styles['problem'] : 'qs-muted'}>
            {alt === '' ? t('listings.images.noAlt') : alt}
          </span>
        </li>
      ))}
    </ol>
  );
}
