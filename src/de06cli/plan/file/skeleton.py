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
"""
