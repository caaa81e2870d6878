// Made by scripts/language-tables.ts; the words after the first text are what it did not meet.
const found =
  'able acid act acto age ago agua ahi aid aim aims air aire al ala alfa algo all also alta alto amp an and ano anos ante anti any aqui are area as asi a' +
  'sk at aun away ayer back baja bajo ball bar basa base bat bats be been best beta bids bien big bind bit boca body both box boy but by cabo cada call c' +
  'ame can capa cara care casa case casi caso cats cayo cell cepa chat cita cito city clan coal cold com come como con core cosa cost cree creo cual cuan' +
  ' cure da dado dan dano dar data date day days de dead deal debe deep deja dejo del dia dias did didn die died diez dijo dio dive do does don done dos ' +
  'dose dot dove down drug dry dual due dust duty each east edad el else en end ende eon era eran es esa esas ese eso esos esta este esto et even ever ey' +
  'es face fact fall far farm fase fear feel fees feet fell few fig fin find firm five flow flu food for form four free from ft fue full gama game gas ga' +
  've gen gene get gets give go gol good got gov gram gran ha hace had half han hand hara has have hay haya he head held help her here high hijo him his ' +
  'hit hizo holy home hope hora host hour how hoy hubo hurt idea if ill in into ir ira is isla it its join just keep key kill kit kits km know la lab lab' +
  's lack lado land lane las last late law laws lay le lead led left les less let leve ley lies life like line list live ll lo load logo long look los lo' +
  'ss lost love low lt lung made main make mal mala male man many mar mas mask mass mato may mayo me mean meet men mes met mi mice mid mild min misa mm m' +
  'oda modo mol more most move mp much must muy nada name ncbi near need net new news next ni nih nino nlm nm no non nor nos nose not note now obra of of' +
  'f oido oil ojos old on once one ones only onto open or orf otra otro our out over own oxys oyo pago paid pain pair pais par para part pase paso pass p' +
  'ast pay peak per pero pie piel pies pig pigs piso plan play poco poor por post pro pudo pull push puso put pwp qq que rain rate re real red rely rich ' +
  'risk role ropa row run ruta sabe safe said same save saw say says se sea sean seca sede see seen seis self sell semu send sent ser sera set sex sexo s' +
  'he ship shot show shut si sick side sido sin sino site six size skin so soap sold solo some son soon sore spin star stay step sty su such sur sure sus' +
  ' swab take tal talk tan tasa taxi team ten tend tens term test th than that the them then they this thus time tipo to toda todo told toll tomo too too' +
  'k top tos tras tres true try tubo tune turn tuvo two twp type un una unas une unen uno unos up upon usa usan usar use used uses uso usos va van vary v' +
  'e ven ver very veto vez via vias vida view vio vivo von vote voto vows voz wake war warm wars was wash way we wear web week well were west what when w' +
  'ho whom why wife will wir with won work www ya yang yard year yet yin you your zona'

const added = 'aids mas car mar sal pie red pan fin ley cap bag bid cab cot dip fat gap hip jam lab leg lip mat nut pad pat pet pit rat sac sit tab tag tan tap vat wet acts arms caps cart cast clap dose fast fits mask maps pups reds risk scar sole team tear tips trap vast vial'

/** Short words of English and Spanish, folded, with which abbreviations written small are mistaken. */
export const commonWords: ReadonlySet<string> = new Set(`${found} ${added}`.split(' '))
