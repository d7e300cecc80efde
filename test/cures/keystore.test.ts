import { carryOut } from './carry-out';
import { keystoreSituations } from './situations/keystore';

carryOut('the keystore', keystoreSituations);
