/** What models are measured with: texts as listings have them, each about something else, each in the four languages. */
export const calibrationTexts: readonly (readonly string[])[] = [
  [
    'Recombinant vaccine against hepatitis B for newborns, ready for registration and supply.',
    'Vacuna recombinante contra la hepatitis B para recién nacidos, lista para registro y suministro.',
    '新生儿用重组乙型肝炎疫苗，可随时注册和供货。',
    'Vắc xin tái tổ hợp phòng viêm gan B cho trẻ sơ sinh, sẵn sàng đăng ký và cung ứng.',
  ],
  [
    'We train hospital staff to maintain and repair dialysis machines.',
    'Formamos al personal de hospitales en el mantenimiento y la reparación de máquinas de diálisis.',
    '我们培训医院人员维护和修理透析机。',
    'Chúng tôi đào tạo nhân viên bệnh viện bảo trì và sửa chữa máy chạy thận.',
  ],
  [
    'Feed additive with probiotics for shrimp raised in coastal ponds.',
    'Aditivo probiótico para el alimento de camarones criados en estanques costeros.',
    '用于沿海池塘养殖虾的益生菌饲料添加剂。',
    'Phụ gia thức ăn chứa men vi sinh cho tôm nuôi trong ao ven biển.',
  ],
  [
    'A refrigerated warehouse and trucks to keep medicines cold on the way to remote provinces.',
    'Almacén refrigerado y camiones para mantener fríos los medicamentos camino de provincias remotas.',
    '冷藏仓库和冷藏车，将药品低温运往偏远省份。',
    'Kho lạnh và xe tải giữ lạnh thuốc trên đường đến các tỉnh vùng xa.',
  ],
  [
    'Drought-resistant rice seed, tested over three harvests on saline soil.',
    'Semilla de arroz resistente a la sequía, ensayada en tres cosechas en suelo salino.',
    '抗旱水稻种子，已在盐碱地上经过三季试种。',
    'Giống lúa chịu hạn, đã thử nghiệm qua ba vụ trên đất nhiễm mặn.',
  ],
  [
    'Statistical analysis of clinical trials and writing of the reports for the authorities.',
    'Análisis estadístico de ensayos clínicos y redacción de los informes para las autoridades.',
    '临床试验的统计分析以及提交监管部门的报告撰写。',
    'Phân tích thống kê thử nghiệm lâm sàng và viết báo cáo cho cơ quan quản lý.',
  ],
  [
    'Loan of a mass spectrometer for identifying proteins in venom.',
    'Préstamo de un espectrómetro de masas para identificar proteínas en venenos.',
    '借用质谱仪以鉴定毒液中的蛋白质。',
    'Cho mượn máy khối phổ để xác định protein trong nọc độc.',
  ],
  [
    'A factory that fills insulin into cartridges seeks a buyer for its spare capacity.',
    'Una fábrica que envasa insulina en cartuchos busca comprador para su capacidad libre.',
    '一家胰岛素卡式瓶灌装厂为其闲置产能寻找买家。',
    'Một nhà máy đóng insulin vào ống tiêm tìm khách hàng cho công suất còn trống.',
  ],
]
