import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { channelLinks } from '#shared/domain/channel-links.ts';
import { bridge } from '../../lib/bridge.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './ShopLinks.module.css';

export interface ShopLinksProps {
  readonly platform: AccountPlatform;
  readonly baseUrl: string;
}

/** The way to what has no API, and to the shop's own pages. Nothing for a simulated shop. */
export function ShopLinks({ platform, baseUrl }: ShopLinksProps) {
  const t = useText();
  const links = channelLinks(platform, baseUrl);
  if (links.length === 0) return null;
  return (
    <nav className={styles['links']} aria-label={t('channels.links')}>
      {links.map(({ target, url, onlyThere }) => (
        <button
          key={target}
          type="button"
          className={styles['link']}
          title={onlyThere ? t('channels.links.onlyThere') : url}
          data-only-there={onlyThere}
          onClick={() => void bridge().openOutside(url).catch(notifyError)}
        >
          {t(`channels.link.${target}`)}
        </button>
      ))}
    </nav>
  );
}
