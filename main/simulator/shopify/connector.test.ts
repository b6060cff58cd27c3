import { describeConnector } from '../../engine/testing/connector-suite.ts';
import { openSuiteShop } from './suite-shop.ts';

describeConnector('shopify', () => openSuiteShop());
// So many products that the first read comes as a file.
describeConnector('shopify with a bulk file', () => openSuiteShop({ listings: 700 }));
