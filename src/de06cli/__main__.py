from de06cli.cli.main import main

main()
