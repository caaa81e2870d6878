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

const syllables =
  'abc ai an anh arizona ba ban bang bao bay biến biết biển biểu biện biệt bowl broncos buổi buộc bà bài bào bày bá bán báo bây bãi bão bên bình bí bóng ' +
  'băng bước bại bạn bản bảng bảo bảy bất bầu bậc bật bắc bắt bằng bệnh bị bỏ bố bốn bổ bộ bờ bởi bức cao cbs cha chelsea chi chia chiến chiếu chiều cho ' +
  'chu chung chuyên chuyền chuyển chuyện chuông chuẩn chuỗi chân châu chênh chính chóng chúa chúng chơi chưa chương chấm chấp chất chắc chắn chẳng chặn c' +
  'hế chết chỉ chịu chọn chống chồng chợ chủ chủng chứa chức chứng coi con cung cuối cuộc càng cá các cách cái cáo cân câu còn có cô công cùng cú căn cũn' +
  'g cơ cơn cư cường cạnh cả cải cảm cảnh cấp cấu cần cầu cận cập cặp cố cổ cộng của cứ cứu cử cửa cực da danh daniel di diễn diện diệt do doanh dài dành' +
  ' dân dòng dõi dù dương dưới dạng dấu dẫn dặm dễ dịch dọa dụ dục dụng dứt dữ dự dựa dựng em eu flake fresno gen ghi gia giai gian giao giành giàu giá g' +
  'iám giáo giúp giả giải giảm giản giết giới giờ giữ giữa gây gì góc góp gấp gần gắn gắng gặp gọi gốc gồm hai hay hiến hiểm hiểu hiện hiệp hiệu hoa hoàn' +
  ' hoàng hoạch hoạt hoặc hy hàn hàng hành hình hòa hóa hôm hút hơi hơn hướng hưởng hạ hại hạn hải hầu hậu hết hề hệ họ họa học họp hỏi hốt hồ hồi hỗ hộ ' +
  'hội hợp hủy hữu itv james john jones khai khi khiến khoa khoản khoảng khu khung khuẩn khá khác khách kháng khí khó không khả khắc khắp khỏe khỏi khổ k' +
  'hủng khứ kim kinh kiến kiểm kiểu kiệm kiện kém kéo kép kênh kêu ký kẻ kế kết kể kỳ kỷ kỹ la lam lao liên liền liệt liệu lo london loài loại loạt luthe' +
  'r luôn luận luật là làm làn lâu lãnh lên lõi lúc lý lưu lưới lược lượng lượt lại lạp lấy lần lập lặn lẻ lẽ lệ lệch lịch lối lộ lớn lớp lời lợi lục lựa' +
  ' lực mang manning martin mexico minh miền miễn mong morning mua muốn mà màng màu máy mình mòn mô môi mông mùa mưa mười mạch mạng mạnh mảnh mất mắc mắt' +
  ' mặc mặt mẽ mọi mối mỗi một mới mở mục mức mỹ nam nay nbc new news ngay nghe nghi nghiêm nghiên nghiệm nghiệp nghèo nghĩa nghề nghỉ nghị ngoài ngoại n' +
  'guy nguyên nguồn ngành ngày ngôi ngôn ngăn người ngược ngại ngữ nhanh nhau nhiên nhiều nhiệm nhiệt nhu nhà nhân nhìn nhóm như nhưng nhạc nhất nhận nhậ' +
  'p nhật nhắc nhằm nhỏ những niên niệm nào này nâng nên nêu nó nói nông núi năm năng nơi nước nạn nằm nặng nếu nền nối nổi nỗ nộ nội nửa nữ nữa of oxi p' +
  'alu pha phe phi phiên phiếu phong phá phái pháp phát phân phép phí phía phòng phù phút phương phạm phải phản phần phẩm phẫn phố phối phổ phụ phục phủ ' +
  'phức pound qua quan quanh quay quy quyết quyền quá quân quả quản quảng quốc ra riêng ràng rõ rút rất rằng rối rồi rộng rời sa sai san sang sao sau sin' +
  'h so st suy suất suốt sách sáng sát sáu sân sóng sĩ sơ sư sản sắc sắm sắt sẵn sẻ sẽ số sống sớm sở sức sử sửa sự ta tay tesla tfeu tham than thanh tha' +
  'y the theo thi thiên thiết thiếu thiện thiệt thomas thu thua thuyết thuê thuận thuật thuộc thành thác thách thái tháng thánh thân thêm thì thí thích t' +
  'hông thúc thư thương thường thượng thảm thảo thấp thất thấy thần thẩm thập thật thắng thẳng thế thể thị thỏa thống thờ thời thủ thủy thứ thức thử thực' +
  ' tin tinh tiên tiêu tiến tiếng tiếp tiết tiền tiểu to toàn tra trang tranh triều triển triệu trong truly trump trung truyền trách trái trên trình trí ' +
  'trích trò trùng trúc trăm trưng trước trường trưởng trạng trả trần trận trắng trẻ trị trọng trở trợ trừ trực tuy tuyên tuyến tuân tuần tuổi tv ty tài ' +
  'tàn tàu tác tách tái tâm tây tên tìm tình tích tín tính tòa tôi tôn tăng tĩnh tư tương tưởng tượng tại tạo tạp tả tải tảng tảo tấn tất tầng tập tắc tắ' +
  't tế tỉnh tịch tốc tối tốt tồn tổ tổng tộc tội tới tục từ từng tử tự tựa tỷ vai vi viêm viên viết việc viện và vài vàng vào vì ví vòng vô vùng văn vũ ' +
  'vương vượt vấn vẫn vận vật vậy về vệ vị vỏ vốn với vợ vụ vừa vực wales wesley william xa xe xem xin xu xung xuyên xuất xuống xác xâm xây xã xét xúc xư' +
  'ơng xảy xứ xử york yuan yêu yếu án áo áp âm âu ích ít ông úc ăn đa đang đen đi điều điểm điển điện đo đoàn đoạn đài đàn đào đá đáng đánh đáp đây đã đê' +
  'm đình đích đó đóng đô đôi đông đúng đơn đưa đương đường được đại đạo đạt đảm đảng đảo đất đấu đầu đẩy đẳng đặc đặt đẹp đế đến đề đều để đỉnh địa định' +
  ' đỏ đốc đối đốt đồ đồng đổi độ độc đội động đột đới đời đủ đức đứng ưu ước ảnh ấm ấn ấy ủng ủy ứng'

const added =
  'aids mas car mar sal pie red pan fin ley cap bag bid cab cot dip fat gap hip jam lab leg lip mat nut pad pat pet pit rat sac sit tab tag tan tap vat wet acts arms caps cart cast clap dose fast fits mask maps pups reds risk scar sole team tear tips trap vast vial'

/** Short words of English and Spanish, folded, with which abbreviations written small are mistaken. */
export const commonWords: ReadonlySet<string> = new Set(`${found} ${added}`.split(' '))

/** Vietnamese syllables that running texts have everywhere as parts of words: alone they are seldom the thing that a thesaurus calls so. */
export const commonSyllables: ReadonlySet<string> = new Set(syllables.split(' '))
