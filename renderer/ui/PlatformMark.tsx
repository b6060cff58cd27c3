import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { useText } from '../lib/text.ts';
import styles from './PlatformMark.module.css';

const GLYPHS: Record<AccountPlatform, string> = {
  amazon: 'A',
  shopify: 'S',
  etsy: 'E',
  woocommerce: 'W',
  local: 'L',
};

/** A channel's small fixed glyph and tint, with the account's name beside it when given. */
export function PlatformMark({
  platform,
  name,
}: {
  readonly platform: AccountPlatform;
  readonly name?: string;
}) {
  const t = useText();
  const platformName = t(`shell.platform.${platform}`);
  return (
    <span className={styles['mark']} title={name === undefined ? platformName : `${name} (${platformName})`}>
      <span className={styles['glyph']} data-platform={platform} aria-hidden="true">
        {GLYPHS[platform]}
      </span>
      {name === undefined ? (
        <span className="qs-hidden">{platformName}</span>
      ) : (
        <span className={styles['name']}>{name}</span>
      )}
    </span>
  );
}
