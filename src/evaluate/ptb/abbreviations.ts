import { choice, maybe, one, type Pattern, repeat, sequence, words } from './pattern.js';
import { units } from './units.js';

const LETTER = one(units('a-z', 'A-Z'));

const UNITED_STATES = choice(
  sequence(words('Canada Sino Korean EU Japan non'), '-U.S'),
  sequence('U.S.-', words('U.K U.S.S.R')),
);

/** Letters with full stops between: `U.S`. */
export const INITIALS = choice(sequence(LETTER, repeat(sequence('.', LETTER), 1)), UNITED_STATES);
/** As INITIALS; one letter will do. */
export const INITIALS_OR_LETTER = choice(LETTER, INITIALS);

/** What is written with a full stop and goes before small letters; before a capital a sentence has ended. */
export const BEFORE_SMALL: Pattern = sequence(
  choice(
    words('Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri'),
    words(
      'Ala Ariz ^Az ^Ark Calif Colo Conn Ct Dak ^Del Fla Ga ^Ill Ind Kan Kans Ky ^La ^Mass Md Mich Minn ^Miss',
    ),
    words('Mo Mont Neb Nev Okla ^Ore ^Pa Penn Tenn ^Tex Va Vt ^Wash Wis Wisc Wyo'),
    words('Inc Co Cos Corp Ltd Plc Rt Bancorp Bhd Assn Univ Intl Sys tel est ext sq'),
    sequence('p', maybe('p'), 't', one(units('y', 'e')), maybe('s')),
    words('Jr Sr Bros Ed.D Ph.D Blvd Rd Esq etc al seq Bldg'),
  ),
  '.',
);

/** What goes before names, with a full stop or without. */
export const BEFORE_CAPITAL: Pattern = choice(
  words(
    'Mr Mrs Ms ^Miss Dr Drs Prof Profs Sen Sens Rep Reps Atty Attys Lt Col Gen Messrs Gov Govs Adm Rev Maj Sgt',
  ),
  words(
    'Cpl Pvt Capt St Ste Ave Pres Lieut Hon Brig Cmdr Comdr Pfc Spc Supt Supts Det Mt Ft Adj Adv Asst Assoc Ens',
  ),
  words('Insp Mlle Mme Msgr Sfc vs Alex Wm Jos Cie a.k.a cf TREAS Ph Invt Elec Natl Dept'),
  sequence('m', one(units('f', 't')), 'g'),
  INITIALS_OR_LETTER,
);

/** Abbreviations before numbers only. */
export const BEFORE_NUMBER: Pattern = sequence(words('ca fig figs prop no nos art bldg pp op'), '.');

/** Words that tell that the full stop before them ended a sentence; their first letter must be a capital. */
export const SENTENCE_BEGINNINGS: Pattern = words(
  '^About ^According ^Additionally ^After ^An ^A ^As ^At ^But ^Earlier ^He ^Her ^Here ^However ^If ^In ^It ^Last ' +
    '^Many ^More ^Mr. ^Ms. ^Now ^Once ^One ^Other ^Our ^She ^Since ^So ^Some ^Such ^That ^The ^Their ^Then ^There ' +
    '^These ^They ^This ^We ^When ^While ^What ^Yet ^You',
);
