import { LabelPreview } from './documents/LabelPreview.tsx';
import { DocumentPreview } from './documents/DocumentPreview.tsx';
import { TagDialog } from './queue/TagDialog.tsx';
import { ReturnsDialog } from './returns/ReturnsDialog.tsx';
import { RulesDialog } from './rules/RulesDialog.tsx';
import { ShipDialog } from './shipping/ShipDialog.tsx';
import { ShipListDialog } from './shipping/ShipListDialog.tsx';
import { Station } from './station/Station.tsx';
import { BatchStation } from './waves/BatchStation.tsx';
import { WavesDialog } from './waves/WavesDialog.tsx';
import type { Overlay } from './use-order-actions.ts';

export function OrderOverlay({
  overlay,
  onOpen,
  onClose,
}: {
  readonly overlay: Overlay | null;
  readonly onOpen: (overlay: Overlay) => void;
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
    case 'labels':
      return <LabelPreview orderIds={overlay.orderIds} onClose={onClose} />;
    case 'waves':
      return <WavesDialog onPick={(batchId) => onOpen({ kind: 'batch', batchId })} onClose={onClose} />;
    case 'batch':
      return <BatchStation batchId={overlay.batchId} onClose={() => onOpen({ kind: 'waves' })} />;
    case 'rules':
      return <RulesDialog ids={overlay.orderIds} onClose={onClose} />;
    case 'returns':
      return <ReturnsDialog onClose={onClose} />;
    case 'tags':
      return <TagDialog ids={overlay.orderIds} onClose={onClose} />;
    case 'document':
      return <DocumentPreview kind={overlay.document} orderIds={overlay.orderIds} onClose={onClose} />;
  }
}
