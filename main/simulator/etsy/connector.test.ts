import { describeConnector } from '../../engine/testing/connector-suite.ts';
import { openSuiteShop } from './suite-shop.ts';

describeConnector('Etsy', openSuiteShop);
