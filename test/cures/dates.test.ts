import { carryOut } from './carry-out';
import { dateSituations } from './situations/dates';

carryOut('dates', dateSituations);
