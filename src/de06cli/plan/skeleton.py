"""The commented skeleton of a new plan. It is itself a valid plan."""

SKELETON = """\
# yaml-language-server: $schema=models.schema.json
#
# Một tệp là một kế hoạch. Sửa tay được; git giữ lịch sử. Sửa xong, chạy: de06 check
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
#       - {to: 2024-03-31, decided: 2023-12-25, document: "12/CV-UBND", reason: "chờ kinh phí"}

plan:
  code: KEHOACH                # đứng trước địa chỉ khi có nhiều kế hoạch: KEHOACH:1.1
  title: "Tên kế hoạch"
  timezone: Asia/Ho_Chi_Minh
  due_soon_days: 7             # còn chừng này ngày thì coi là sắp đến hạn

agencies:
  - code: DV1                  # mã ngắn, dùng trong lead, support, implementers
    name: "Tên đơn vị"
    level: district            # central province district commune enterprise group
    aliases: []                # các cách viết khác

models:
  - model: 1                   # số mô hình
    stt: 1                     # dòng trong bảng in
    title: "Nội dung nhiệm vụ"
    deadline: 2030-12-31       # năm-tháng-ngày
    lead: [DV1]                # chủ trì
    support: []                # phối hợp
    implementers: []           # lực lượng triển khai
    steps:
      - step: 1
        text: "Việc phải làm ở bước này."
        agencies: [DV1]        # ai làm bước này
"""
