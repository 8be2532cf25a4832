print("conserje")
