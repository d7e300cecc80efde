import { carryOut } from './carry-out';
import { planSituations } from './situations/plans';

carryOut('plans', planSituations);
