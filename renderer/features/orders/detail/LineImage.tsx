import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderLine } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import styles from './LineImage.module.css';

/** The shop's picture of a line. It may not load without a network; the box keeps its place and says so. */
export function LineImage({ line, size }: { readonly line: OrderLine; readonly size: number }) {
  const t = useText();
  const [broken, setBroken] = useState<string | null>(null);
  if (line.image !== null && broken !== line.image) {
    return (
      <img
        className={styles['image']}
        src={line.image}
        alt=""
        width={size}
        height={size}
        draggable={false}
        onError={() => setBroken(line.image)}
      />
    );
  }
  const reason = t(line.image === null ? 'orders.image.none' : 'orders.image.offline');
  return (
    <span className={styles['none']} style={{ width: size, height: size }} title={reason}>
      <IconPhotoOff size={Math.min(40, size / 2)} stroke={1.4} aria-hidden="true" />
      {size > 120 && <span>{reason}</span>}
      {size <= 120 && <span className="qs-hidden">{reason}</span>}
    </span>
  );
}
