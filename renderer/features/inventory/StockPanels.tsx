import { useText } from '../../lib/text.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { AllocatePanel } from './AllocatePanel.tsx';
import { CountPanel } from './CountPanel.tsx';
import { ExpiryPanel } from './ExpiryPanel.tsx';
import { MovePanel } from './MovePanel.tsx';
import { OpeningStock } from './OpeningStock.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import { ReceivePanel } from './ReceivePanel.tsx';
import type { Location } from './stock-columns.ts';

export type PanelName = 'receive' | 'move' | 'count' | 'allocate' | 'opening' | 'expiry' | 'places';

export interface StockPanelsProps {
  readonly name: PanelName;
  readonly locations: readonly Location[];
  /** SKU of the active row. */
  readonly sku: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function StockPanels({ name, locations, sku, onDone, onClose }: StockPanelsProps) {
  const t = useText();
  switch (name) {
    case 'receive':
      return <ReceivePanel locations={locations} sku={sku} onDone={onDone} onClose={onClose} />;
    case 'move':
      return <MovePanel locations={locations} sku={sku} onDone={onDone} onClose={onClose} />;
    case 'count':
      return <CountPanel locations={locations} onDone={onDone} onClose={onClose} />;
    case 'allocate':
      return <AllocatePanel onClose={onClose} />;
    case 'expiry':
      return <ExpiryPanel onClose={onClose} />;
    case 'places':
      return <PlacesPanel onClose={onClose} />;
    case 'opening':
      return (
        <SidePanel title={t('inventory.opening')} onClose={onClose} width={460}>
          <p className="qs-muted">{t('inventory.opening.meaning')}</p>
          <OpeningStock onTaken={onDone} />
        </SidePanel>
      );
  }
}
