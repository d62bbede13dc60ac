"""The commented skeleton of a new plan.

What an office has to fill in is left empty: nothing is invented, and ``check`` names each place until
it is filled in.
"""

SKELETON = """\
# yaml-language-server: $schema=models.schema.json
#
# Một tệp là một kế hoạch. Có thể sửa trực tiếp; git giữ lịch sử. Sửa xong, chạy: de06 check
#
# Ghi tiến độ của một bước: một dòng, ngay dưới dòng "step:" của bước đó.
#
#       - step: 1
#         progress: {status: done, date: 2024-01-20, by: DV1, evidence: "45/BC-DV1"}
#
#   status: doing    đang thực hiện
#           done     hoàn thành: phải có date
#           blocked  vướng mắc: phải có note
#           skipped  không thực hiện: phải có date và note
#
# Gia hạn: mỗi lần một dòng, ngay dưới dòng "deadline:"; deadline vẫn giữ hạn ban đầu.
#
#     extensions:
#       - {to: 2024-03-31, decided: 2023-12-25, document: "12/UBND-VX", reason: "chờ kinh phí"}

# Chỗ để trống ở dưới là chỗ phải điền; de06 check chỉ ra từng chỗ còn trống.

plan:
  code:                        # mã ngắn, ví dụ KEHOACH; đứng trước địa chỉ: KEHOACH:1.1
  title:                       # tên kế hoạch, trong dấu nháy: "Kế hoạch …"
  timezone: Asia/Ho_Chi_Minh
  due_soon_days: 7             # số ngày trước hạn được coi là sắp đến hạn

agencies:
  - code:                      # mã ngắn, ví dụ DV1; dùng trong lead, support, implementers
    name:                      # tên đơn vị, trong dấu nháy
    level: district            # central province district commune enterprise group
    aliases: []                # các cách viết khác

models:
  - model: 1                   # số hiệu của mô hình
    stt: 1                     # số thứ tự trong phụ lục
    title:                     # nội dung nhiệm vụ, trong dấu nháy
    deadline:                  # năm-tháng-ngày, ví dụ 2030-12-31
    lead: []                   # chủ trì, ví dụ [DV1]
    support: []                # phối hợp
    implementers: []           # lực lượng triển khai
    steps:
      - step: 1
        text:                  # nội dung của bước, trong dấu nháy
        agencies: []           # đơn vị thực hiện bước này, ví dụ [DV1]

# Mọi khóa, mỗi khóa một ví dụ. Khóa nào không cần thì bỏ; không chép dấu "#" ở đầu dòng.
#
# plan:
#   code: VIDU
#   title: "Kế hoạch chuyển đổi số"
#   place: "xã Tân Khai"                  # địa phương
#   declared_models: 3                    # tổng số nhiệm vụ ghi trong văn bản
#   timezone: Asia/Ho_Chi_Minh            # múi giờ
#   due_soon_days: 7                      # còn bấy nhiêu ngày thì báo sắp đến hạn
#   programme: "Chuyển đổi số"            # tên chương trình, dùng trong tiêu đề
#   nouns: {model: "Nhiệm vụ", step: "Việc"}   # một nhiệm vụ, một bước gọi là gì
#   issuer: ["UBND XÃ TÂN KHAI", "VĂN PHÒNG"]  # cơ quan chủ quản, cơ quan ký văn bản
#   locality: "Tân Khai"                  # địa danh ghi trước ngày tháng trong văn bản
#   issued: 2025-01-13                    # ngày ban hành; nhiệm vụ tính từ ngày này
#   stale_days: 30                        # bấy nhiêu ngày không cập nhật thì nhắc
#   evidence_folder: minh-chung           # thư mục có các văn bản minh chứng
#   escalate: [{late: 15, to: VP}]        # quá hạn từ ngày thứ 15 thì báo cáo VP
#
# groups:                                 # các nhóm nhiệm vụ, theo văn bản
#   - {code: I, title: "Hạ tầng số"}
#
# agencies:
#   - code: CAH
#     name: "Công an huyện"
#     ended: {on: 2025-03-01, successor: CAX, document: "03/NQ"}   # kết thúc, ai tiếp nhận
#   - code: CAX
#     name: "Công an xã"
#     short: "CA xã"                      # tên viết tắt, dùng trong bảng
#     name_en: "Commune Police"           # tên tiếng Anh
#     level: commune                      # cấp
#     aliases: ["Công an xã Tân Khai"]    # các cách viết khác
#     email: cax@example.vn               # một địa chỉ, hoặc một danh sách
#   - {code: VP, name: "Văn phòng", level: commune}
#   - {code: CQ, name: "Các cơ quan", level: group, members: [VP, CAX]}   # các đơn vị của nhóm
#
# models:
#   - model: II-3                         # chữ, số và "-" nếu không phải là số
#     stopped: {on: 2025-11-03, document: "12/UBND-VX", reason: "…"}   # văn bản cho dừng
#     stt: "11.1"
#     group: I                            # mã của một nhóm
#     title: "Lắp camera an ninh"
#     basis: "03/NQ-CP ngày 13/01/2025"   # căn cứ
#     organisation: ["Công an xã chủ trì triển khai."]   # tổ chức thực hiện, theo văn bản
#     outcome: "Giảm tội phạm"            # hiệu quả
#     assigned: 2025-02-03                # ngày giao
#     start: 2025-03                      # ngày hoặc kỳ bắt đầu
#     deadline: 2025-Q2                   # hoặc 2025-06-30, 2025-06, 2025-H1, 2025
#     extensions:                         # gia hạn, mỗi lần một dòng
#       - {to: 2025-Q4, decided: 2025-06-20, document: "9/QĐ", reason: "…"}
#     ongoing: thường xuyên               # hoàn thành trước thời hạn rồi duy trì
#     equipment: "12 camera"              # thiết bị
#     output: "Quyết định của UBND xã"    # sản phẩm phải có
#     lead: [CAX]
#     handovers:                          # bàn giao, mỗi lần một dòng
#       - {on: 2025-05-10, lead: [VP], document: "4/QĐ", reason: "…"}
#     support: [VP]
#     implementers: [CQ]
#     companies: ["VNPT"]                 # doanh nghiệp có giải pháp
#     extra: {"Cấp trình": "UBND xã"}     # cột khác của văn bản, theo tên cột
#     source: {deadline: "Quý II", lead: "CA xã", support: "VP", implementers: "Các cơ quan"}
#     review: "Văn bản ghi hai thời hạn: thời hạn nào?"   # nội dung cần làm rõ
#     steps:
#       - step: 1
#         progress: {status: doing, date: 2025-05-05, by: CAX, evidence: "1/BC", note: "đang lắp"}
#         text: "Khảo sát vị trí."
#         agencies: [CAX]
#         due: 2025-05-30                 # thời hạn riêng của bước
#   - model: 13
#     title: "Báo cáo hằng tháng"
#     recurs: {every: month, after: 5, from: 2025-02, until: 2025-12}   # hoặc day: 15
#     periods:                            # tiến độ từng kỳ, mỗi kỳ một dòng
#       - {period: 2025-02, status: done, date: 2025-03-04, by: VP, evidence: "3/BC", note: "…"}
#     lead: [CQ]
#   - model: 14
#     title: "Tài khoản định danh điện tử"
#     undated: "theo tiến độ của Bộ Công an"   # lời của văn bản khi chưa có thời hạn
#     lead: [CAX]
#     targets:                            # chỉ tiêu, địa chỉ 14.t1
#       - target: 1
#         name: "Dân số có tài khoản"
#         unit: "%"
#         goal: {2025-12: ≥ 80, 2030: ≥ 95}    # hoặc goal: ≥ 80
#         values:                         # số liệu theo ngày
#           - {date: 2025-06-30, value: 8432/12100, by: CAX, evidence: "7/BC", note: "…"}
"""
