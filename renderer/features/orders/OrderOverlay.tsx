import { DocumentPreview } from './documents/DocumentPreview.tsx';
import { ShipDialog } from './shipping/ShipDialog.tsx';
import { ShipListDialog } from './shipping/ShipListDialog.tsx';
import { Station } from './station/Station.tsx';
import type { Overlay } from './use-order-actions.ts';

export function OrderOverlay({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay | null;
  readonly onClose: () => void;
}) {
  if (!overlay) return null;
  switch (overlay.kind) {
    case 'station':
      return <Station step={overlay.step} orderIds={overlay.orderIds} onClose={onClose} />;
    case 'ship':
      return <ShipDialog orderId={overlay.orderId} onClose={onClose} />;
    case 'list':
      return <ShipListDialog onClose={onClose} />;
    case 'document':
      return <DocumentPreview kind={overlay.document} orderIds={overlay.orderIds} onClose={onClose} />;
  }
}
